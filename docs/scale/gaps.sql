-- 差距: what all townships together still lack of each official target that adds up.
SELECT period, task, indicator, name, unit, official_target,
       count(*) AS townships, sum(value) AS reached,
       CASE WHEN official_target > sum(value) THEN official_target - sum(value) ELSE 0 END AS gap
FROM indicators
WHERE adds_up AND direction = 'at-least'
GROUP BY period, task, indicator, name, unit, official_target
ORDER BY period, task, indicator
