import { join } from 'node:path'
import type { Captions } from '../captions/index.ts'
import { Fault, newId } from '../foundation/index.ts'
import { type FlowDoors, type OrderStatus, openStatusFile } from '../ivr/index.ts'
import type { Settings } from '../settings/index.ts'
import { openTextSender, type TextSender } from '../texts/index.ts'
import type { Links } from './parts.ts'

type ActionParts = {
  readonly captions: Pick<Captions, 'turnOn'>
  readonly texts: TextSender
  /** None: every look-up fails, and the flow says what comes then. */
  readonly orders: OrderStatus | undefined
  readonly links: Links
}

/** An action that tells the flow nothing. */
const none: Readonly<Record<string, string>> = {}

/** What verbs of a flow do in the world; with further links for whoever uses it. */
export function flowActions(parts: ActionParts): (links?: Links) => FlowDoors['actions'] {
  const { captions, texts, orders } = parts
  return (further = {}) => ({
    async captions(call) {
      const given = captions.turnOn(call.id)
      return given ? { code: given.code } : none
    },
    async status(_call, { order = '' }, signal) {
      if (!orders) throw missing('orders', 'no order status', 'ORDER_STATUS_FILE')
      const status = await orders.of(order, signal)
      return status === undefined ? none : { status }
    },
    async text(call, { template = '', to = '', text = '' }, signal) {
      // Whoever can name any number as theirs could have us write to it.
      if (call.isProved === false)
        throw missing('proof', 'a caller whose number nobody vouches for', 'a proved one')
      if (!text.includes('{link}')) {
        await texts.send({ id: newId('text'), call: call.id, to, text }, signal)
        return none
      }
      const link = await { ...parts.links, ...further }[template]?.(call)
      if (!link) throw missing('link', `no link for ${template}`, 'one that this house makes')
      const { id = newId('text'), url } = link
      await texts.send({ id, call: call.id, to: link.to ?? to, text: text.replaceAll('{link}', url) }, signal)
      return none
    },
  })
}

/** The pages that texts may lead to. */
export function linksTo(dependencies: {
  readonly captions: Pick<Captions, 'turnOn'>
  /** Where citizens find our pages, as https://12345.example. */
  readonly publicUrl: () => string
}): Links {
  return {
    async captions({ id }) {
      const given = dependencies.captions.turnOn(id)
      return given && { url: `${dependencies.publicUrl()}/c/${given.link}` }
    },
  }
}

const missing = (what: string, found: string, expected: string) =>
  new Fault({ code: `${what}-missing`, place: 'action', found, expected })

/** Text messages as the settings say: through the gateway, or into a folder. */
export function openTexts({ DATA_DIR, TEXT_WEBHOOK: url, TEXT_WEBHOOK_TOKEN: token }: Settings): TextSender {
  const webhook = url === undefined ? {} : { webhook: { url, token } }
  return openTextSender({ folder: join(DATA_DIR, 'texts'), ...webhook })
}

/** How orders stand, as the settings say. @throws FaultList with the places of what is wrong in the file */
export async function openOrderStatus({ ORDER_STATUS_FILE }: Settings): Promise<OrderStatus | undefined> {
  return ORDER_STATUS_FILE === undefined ? undefined : openStatusFile(ORDER_STATUS_FILE)
}
