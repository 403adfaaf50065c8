"""Every entry of the reference results recomputed: by the product where it has the method, else by statsmodels."""
