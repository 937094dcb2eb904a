"""The counsellors' console. Only for accounts with the rights of a counsellor.

Pages ask for their `live` twin every two seconds; it answers 304 while nothing changed.
"""
