"""A dataset out in every form (CSV, Parquet, Excel, inputs of other programs), in again, and two compared."""
