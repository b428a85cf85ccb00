/** Counts and times of activities, by type and by the code they failed with; no id, number or tenant in a label. */
import type { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import { Counter, Histogram, type Registry } from 'prom-client';

export const activityMetrics = (registry: Registry) => {
  const labelNames = ['activity', 'outcome'] as const;
  const duration = new Histogram({
    name: 'carryover_activity_duration_seconds',
    help: 'How long activities ran, by type and outcome (ok, or the code of the problem)',
    labelNames,
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 180],
    registers: [registry],
  });
  const attempts = new Counter({
    name: 'carryover_activity_attempts_total',
    help: 'Attempts of activities, by type and outcome',
    labelNames,
    registers: [registry],
  });

  return (context: Context) => ({
    inbound: {
      async execute(
        input: ActivityExecuteInput,
        next: Next<ActivityInboundCallsInterceptor, 'execute'>,
      ): Promise<unknown> {
        const activity = context.info.activityType;
        const stop = duration.startTimer({ activity });
        const done = (outcome: string) => {
          stop({ outcome });
          attempts.inc({ activity, outcome });
        };
        try {
          const result = await next(input);
          done('ok');
          return result;
        } catch (error) {
          done(error instanceof ApplicationFailure ? (error.type ?? 'DEFECT') : 'DEFECT');
          throw error;
        }
      },
    },
  });
};
