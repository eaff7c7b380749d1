/** A person with a phone, in the words of a scenario. Nothing here waits for time: what is awaited is a fact. */
import type { Key } from '../../src/media/index.ts'
import type { CallEnd, HeardText, LoopbackLine, LoopbackPhone } from '../../src/telephony/index.ts'

export type Caller = {
  readonly phone: LoopbackPhone
  /** Waits for words that were not heard yet when this was last asked, and gives back the whole prompt. */
  hears(words: string | RegExp): Promise<HeardText>
  presses(...keys: readonly Key[]): void
  says(words: string): void
  hangsUp(): void
  /** How the call ended, once it has. */
  isLeft(): Promise<CallEnd>
}

/** Real time after which a fact that does not come fails the test, with what came instead. */
const patienceMs = 5_000

/** Someone rings the house. */
export const rings = (
  line: LoopbackLine,
  { from = '13800138000', to = '12345', language }: Partial<Parameters<LoopbackLine['ring']>[0]> = {},
): Caller => callerOn(line.ring({ from, to, language }))

export function callerOn(phone: LoopbackPhone): Caller {
  return {
    phone,
    async hears(words) {
      const fits = (text: string) => (typeof words === 'string' ? text.includes(words) : words.test(text))
      const deadline = AbortSignal.timeout(patienceMs)
      for (;;) {
        const heard = await phone.ear.take(deadline).catch(() => undefined)
        if (!heard)
          throw new Error(`did not hear ${words}, but: ${phone.heard.map(({ text }) => text).join(' | ')}`)
        if (fits(heard.text)) return heard
      }
    },
    presses: (...keys) => keys.forEach(phone.press),
    says: phone.say,
    hangsUp: phone.hangup,
    isLeft: () => phone.ended,
  }
}

/** A seat's phone on a desk: each time it rings, whoever waits for it has it in hand. */
export function seatPhone(line: LoopbackLine, contact: string) {
  const ringing: LoopbackPhone[] = []
  const waiting: ((phone: LoopbackPhone) => void)[] = []
  const unplug = line.plugIn(contact, phone => {
    const waiter = waiting.shift()
    if (waiter) waiter(phone)
    else ringing.push(phone)
  })
  const rings = () =>
    new Promise<LoopbackPhone>(resolve => {
      const phone = ringing.shift()
      if (phone) resolve(phone)
      else waiting.push(resolve)
    })
  return {
    /** Waits until it rings. */
    rings,
    /** Waits until it rings, and takes the call. */
    async answers(): Promise<Caller> {
      const phone = await rings()
      phone.accept()
      return callerOn(phone)
    },
    unplug,
  }
}
