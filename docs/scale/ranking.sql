-- 排名: townships of a period, the one with the fewest missing tasks first, then the fewest errors and warnings.
SELECT period, township, missing, errors, warnings,
       rank() OVER (PARTITION BY period ORDER BY missing, errors, warnings) AS place
FROM (
    SELECT period, township,
           sum(CASE WHEN code = 'missing-task' THEN 1 ELSE 0 END) AS missing,
           sum(CASE WHEN severity = 'error' THEN 1 ELSE 0 END) AS errors,
           sum(CASE WHEN severity = 'warning' THEN 1 ELSE 0 END) AS warnings,
           sum(CASE WHEN code = 'missing-submission' THEN 1 ELSE 0 END) AS absent
    FROM (
        SELECT period, township, code, severity FROM findings
        UNION ALL
        SELECT DISTINCT period, township, '', '' FROM submissions WHERE status = 'read'
    ) AS said
    WHERE township IS NOT NULL
    GROUP BY period, township
) AS counted
WHERE absent = 0
ORDER BY period, place, township
