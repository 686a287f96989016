"""The features of one block with pandas, the way its manual shows: groupby, shift, rolling, merge.

Debian's pandas reads no Parquet, so the input is raw arrays and nothing is encoded at the end: both in its favour.
usage: python3 features_pandas.py <folder of arrays> <out>
"""

import json
import os
import resource
import sys
import time

import numpy as np
import pandas as pd

folder, out = sys.argv[1:3]
started = time.perf_counter()


def load(table):
    """Columns of a table, from <table>.<column>.<dtype>."""
    columns = {}
    for name in sorted(os.listdir(folder)):
        of, column, dtype = name.split(".")
        if of == table:
            columns[column] = np.fromfile(os.path.join(folder, name), dtype=dtype)
    return pd.DataFrame(columns)


daily = load("daily")
keys = [daily["store_id"], daily["sku_id"]]
past = daily["u"].groupby(keys).shift(7)
for days in (7, 14, 21, 28):
    daily[f"lag_{days}"] = daily["u"].groupby(keys).shift(days)
groups = past.groupby(keys, sort=False)
for size in (7, 14, 28):
    window = groups.rolling(size, min_periods=1)
    daily[f"mean_{size}"] = window.mean().to_numpy()
    daily[f"std_{size}"] = window.std(ddof=0).to_numpy()
daily["mean_112"] = groups.rolling(112, min_periods=1).mean().to_numpy()
promoted = daily["p"].groupby(keys).shift(7).groupby(keys, sort=False)
daily["promo_share_28"] = promoted.rolling(28, min_periods=1).mean().to_numpy()
daily["weekday_mean"] = daily[["lag_7", "lag_14", "lag_21", "lag_28"]].mean(axis=1)
daily = daily.drop(columns=["lag_21", "p"])
rows = daily.merge(load("store_day"), on=["store_id", "day"], how="left").merge(
    load("sku_day"), on=["sku_id", "day"], how="left"
)
for column in rows.columns:
    rows[column].to_numpy().tofile(os.path.join(out, column))

usage = resource.getrusage(resource.RUSAGE_SELF)
print(
    json.dumps(
        {
            "rowCount": len(rows),
            "seconds": time.perf_counter() - started,
            "cpuSeconds": usage.ru_utime + usage.ru_stime,
            "peakMegabytes": usage.ru_maxrss * 1024 / 1e6,
        }
    )
)
