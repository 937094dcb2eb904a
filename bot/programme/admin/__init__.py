"""The library as trainers edit it in Wagtail."""
