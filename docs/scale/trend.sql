-- 趋势: each township's value of an indicator from period to period, and the change against the period before.
SELECT township, task, indicator, name, unit, period, value,
       value - lag(value) OVER (PARTITION BY township, task, indicator ORDER BY period) AS change
FROM indicators
ORDER BY township, task, indicator, period
