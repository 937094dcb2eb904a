"""Cases, their queue, and the console of the counsellors."""
