import { z } from 'zod';
import type { StartRequestBody } from '../../client';
import { UsageError } from '../exit-codes';
import { windowFlags } from '../local-window';
import type { OpenSession, Program } from '../program';
import { migrationDetails } from '../tables';
import { readJson } from '../terminal';

/** The server checks the body and names every mistake at once; here it only has to be an object. */
const bodySchema = z.custom<StartRequestBody>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Flags stand before the file; what is undefined says nothing. */
const merged = (file: Json, flags: Json): Json => {
  const given = Object.entries(flags).filter(([, value]) => value !== undefined);
  return given.reduce<Json>((body, [name, value]) => {
    const before = body[name];
    if (!isObject(value)) return { ...body, [name]: value };
    const inner = merged(isObject(before) ? before : {}, value);
    return Object.keys(inner).length === 0 ? body : { ...body, [name]: inner };
  }, file);
};

const pairs = (given: readonly string[] | undefined): Json | undefined =>
  given === undefined
    ? undefined
    : Object.fromEntries(
        given.map((pair) => {
          const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
          if (name === undefined) throw new UsageError(`--metadata ${pair}: name=value was expected`);
          return [name, value];
        }),
      );

const wholeNumber = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new UsageError(`${text}: a whole number was expected`);
  return Number(text);
};

export const addStartCommands = (program: Program, session: OpenSession): void => {
  program
    .command('start')
    .description('start a migration, from a JSON file (- for standard input), from flags, or from both')
    .argument('[file]', 'request as in the HTTP API; flags stand before it')
    .option('--phone-number <number>', 'such as +5531991110000')
    .option('--shown-as <digits>', 'the number exactly as the profile shows it')
    .option('--route <route>', 'programmatic (default), embedded_signup or solution_intent')
    .option('--source-provider <name>')
    .option('--source-business <id>')
    .option('--source-waba <id>')
    .option('--source-credential <name>')
    .option('--destination-business <id>')
    .option('--destination-waba <id>')
    .option('--destination-waba-name <name>')
    .option('--destination-credential <name>')
    .option('--method <method>', 'sms or voice')
    .option('--code-language <code>', 'of the verification code, such as pt_BR')
    .option('--send <when>', 'on_ready or on_request')
    .option('--require-template <name/language...>', 'templates that must be approved at the destination')
    .option('--no-copy-templates', 'leave the templates behind')
    .option('--recreate-templates', 'create at the destination what Meta does not copy')
    .option('--ask-about-collisions', 'wait for a decision where both sides have a template of the same name')
    .option('--payer <payer>', 'partner_credit or client_card')
    .option('--credit-line <id>')
    .option('--currency <code>')
    .option('--dry-run', 'claim and change nothing; ends with the plan (carryover plan <id>)')
    .option('--not-before <instant>', 'of the cut-over')
    .option('--not-after <instant>', 'of the cut-over')
    .option(
      '--window <times>',
      'of the cut-over in local times, such as "2026-10-25 01:30/04:00", with --zone',
    )
    .option('--zone <name>', 'IANA time zone in which times are given and shown, such as America/Sao_Paulo')
    .option('--approval <kind>', 'automatic or manual')
    .option('--aftercare-hours <n>', '0 ends at once', wholeNumber)
    .option('--metadata <name=value...>')
    .action(async (file, flags) => {
      const { client, terminal, mutation, show } = session();
      const given = file === undefined ? {} : await readJson(terminal, file);
      if (!isObject(given)) throw new UsageError(`${file ?? ''} does not hold a JSON object`);
      const body = merged(given, {
        phoneNumber: flags.phoneNumber,
        numberAsShownInProfile: flags.shownAs,
        mode: flags.dryRun === true ? 'dry_run' : undefined,
        route: flags.route ?? given['route'] ?? 'programmatic',
        source: {
          provider: flags.sourceProvider,
          businessId: flags.sourceBusiness,
          wabaId: flags.sourceWaba,
          credential: flags.sourceCredential,
        },
        destination: {
          provider: isObject(given['destination']) ? undefined : 'meta',
          businessId: flags.destinationBusiness,
          wabaId: flags.destinationWaba,
          wabaName: flags.destinationWabaName,
          credential: flags.destinationCredential,
        },
        verification: { method: flags.method, language: flags.codeLanguage, send: flags.send },
        templates: {
          required: flags.requireTemplate,
          copy: flags.copyTemplates ? undefined : false,
          recreateIneligible: flags.recreateTemplates,
          onCollision: flags.askAboutCollisions === true ? 'ask' : undefined,
        },
        funding: { payer: flags.payer, creditLineId: flags.creditLine, currency: flags.currency },
        cutover: { ...windowFlags(flags), approval: flags.approval },
        aftercare: { hours: flags.aftercareHours },
        metadata: pairs(flags.metadata),
      });
      show(await client.startMigration(bodySchema.parse(body), mutation), migrationDetails);
    });
};
