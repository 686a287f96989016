-- One step of the backfitting: the factor of {{kind}}, all other factors held. A factor is sold / expected of all
-- cells of a category with the same key, pulled to 1 as if 50 units more had sold exactly as expected.
CREATE OR REPLACE TEMP TABLE cells AS
SELECT * EXCLUDE (fitted) REPLACE (f_all / f_{{kind}} * fitted AS f_all, fitted AS f_{{kind}})
FROM (
  SELECT c.*, f.fitted
  FROM cells c
  JOIN (
    SELECT category, key_{{kind}}, (sum(units) + 50) / (exact_sum(level * f_all / f_{{kind}}) + 50) AS fitted
    FROM cells
    GROUP BY ALL
  ) f USING (category, key_{{kind}})
);
