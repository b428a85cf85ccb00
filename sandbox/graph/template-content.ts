import type { World } from '../world/schema';
import type { Template } from '../world/template-schema';
import { listOf, type Component } from './template-rules';

const ADVICE = ' For your security, do not share this code.';

/** What is kept of a created template: uploaded files by id, and the texts that Meta writes itself. */
export function storedComponents(
  world: World,
  components: readonly Component[],
  category: Template['category'],
): Component[] {
  const written = category === 'AUTHENTICATION' ? components.map(authenticationPart) : components;
  return written.map((component) => record(withMedia(world, component)));
}

const record = (value: unknown): Component =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

function withMedia(world: World, value: unknown): unknown {
  if (typeof value === 'string') {
    const media = world.media.find(({ handle }) => handle !== null && handle === value);
    return media ? `media:${media.id}` : value;
  }
  if (Array.isArray(value)) return value.map((part: unknown) => withMedia(world, part));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withMedia(world, part)]));
}

/** As a listing shows an authentication template: generated texts, and a copy-code button as an address. */
function authenticationPart(component: Component): Component {
  switch (String(component['type']).toUpperCase()) {
    case 'BODY':
      return {
        ...component,
        text: `*{{1}}* is your verification code.${component['add_security_recommendation'] === true ? ADVICE : ''}`,
        example: { body_text: [['123456']] },
      };
    case 'FOOTER':
      return {
        ...component,
        text: `This code expires in ${String(component['code_expiration_minutes'])} minutes.`,
      };
    case 'BUTTONS':
      return { ...component, buttons: listOf(component['buttons']).map(otpButton) };
    default:
      return component;
  }
}

function otpButton(button: Component): Component {
  if (String(button['otp_type']).toUpperCase() !== 'COPY_CODE') return button;
  return {
    type: 'URL',
    text: typeof button['text'] === 'string' ? button['text'] : 'Copy code',
    url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}',
    example: ['https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123456'],
  };
}
