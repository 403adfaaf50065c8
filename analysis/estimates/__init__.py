"""The statistics: pure functions, arrays in, frozen results out. No SQL, no words. The only door to statsmodels."""
