import type { JobRunner, Platform } from '../platform/platform';
import type { Job } from '../platform/state';
import { wabaOf } from '../world/lookups';
import type { Waba } from '../world/schema';
import type { Template } from '../world/template-schema';
import { finishRegistration } from './registration';
import { copyTemplatesByItself, decideTemplate, recheckTemplate } from './templates';

/** What the platform does by itself when its time has come. */
export function jobRunner(deliverWebhook: (platform: Platform, webhookId: string) => void): JobRunner {
  return (platform, job) => {
    switch (job.kind) {
      case 'deliver_code':
        deliverCode(platform, job);
        break;
      case 'finish_registration':
        finishIfThere(platform, job.recordId, job.wabaId);
        break;
      case 'copy_templates':
        copyTemplatesByItself(platform, job.sourceWabaId, job.destinationWabaId);
        break;
      case 'review_template':
        onTemplate(platform, job.wabaId, job.templateId, (waba, template) => {
          if (template.status !== 'PENDING') return;
          const rejects = platform.world.knobs.templateReview === 'rejects';
          if (rejects) decideTemplate(platform, waba, template, 'REJECTED', 'INVALID_FORMAT');
          else decideTemplate(platform, waba, template, 'APPROVED', 'NONE');
        });
        break;
      case 'recheck_template':
        onTemplate(platform, job.wabaId, job.templateId, (waba, template) => {
          recheckTemplate(platform, waba, template);
        });
        break;
      case 'deliver_webhook':
        deliverWebhook(platform, job.webhookId);
        break;
    }
  };
}

function deliverCode(platform: Platform, job: Extract<Job, { kind: 'deliver_code' }>): void {
  const subscriber = platform.world.subscribers.find((candidate) => candidate.id === job.subscriberId);
  subscriber?.inbox.push({
    id: `msg_${String(platform.count('inbox'))}`,
    channel: job.channel,
    text: job.text,
    at: platform.now(),
  });
}

function finishIfThere(platform: Platform, recordId: string, wabaId: string): void {
  const record = platform.world.records.find((other) => other.id === recordId && other.wabaId === wabaId);
  if (record) finishRegistration(platform, record);
}

function onTemplate(
  platform: Platform,
  wabaId: string,
  templateId: string,
  work: (waba: Waba, template: Template) => void,
): void {
  const waba = wabaOf(platform.world, wabaId);
  const template = waba?.templates.find((candidate) => candidate.id === templateId);
  if (waba && template) work(waba, template);
}
