"""Doors from Rasa's pipeline to our functions. The judgement is behind them, in modules that know
no Rasa.
"""
