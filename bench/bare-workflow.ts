import { proxyActivities } from '@temporalio/workflow';
import type { BareActivities } from './bare-contract';

const { nothing } = proxyActivities<BareActivities>({ startToCloseTimeout: '1 minute' });

export async function bare(activities: number): Promise<void> {
  for (let done = 0; done < activities; done += 1) await nothing();
}
