-- One row per period and township: who filed, and the counts of 总览. The sum over townships is its last row.
SELECT period, township,
       max(received) AS received,
       sum(matched) AS matched, sum(review) AS review, sum(extra) AS extra,
       sum(missing) AS missing, sum(errors) AS errors, sum(warnings) AS warnings, sum(infos) AS infos
FROM (
    SELECT period, township, CASE WHEN status = 'read' THEN 1 ELSE 0 END AS received,
           0 AS matched, 0 AS review, 0 AS extra, 0 AS missing, 0 AS errors, 0 AS warnings, 0 AS infos
    FROM submissions
    UNION ALL
    SELECT period, township, 0,
           CASE WHEN outcome = 'matched' THEN 1 ELSE 0 END,
           CASE WHEN outcome = 'review' THEN 1 ELSE 0 END,
           CASE WHEN outcome = 'extra' THEN 1 ELSE 0 END, 0, 0, 0, 0
    FROM matches
    WHERE counts AND place = 0
    UNION ALL
    SELECT period, township, 0, 0, 0, 0,
           CASE WHEN code = 'missing-task' THEN 1 ELSE 0 END,
           CASE WHEN severity = 'error' THEN 1 ELSE 0 END,
           CASE WHEN severity = 'warning' THEN 1 ELSE 0 END,
           CASE WHEN severity = 'info' THEN 1 ELSE 0 END
    FROM findings
) AS parts
GROUP BY period, township
ORDER BY period, township NULLS LAST
