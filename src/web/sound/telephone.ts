import { openSilence } from './silence.ts'
import { openSound, type PageSound, type SoundEars } from './sound.ts'

/** What the house says to a page that is a telephone. */
export type TelephoneTold =
  | { readonly kind: 'rings'; readonly call: string; readonly number: string; readonly name?: string }
  /** `key`: what brings another page, or this one after its network was lost, into the call. */
  | { readonly kind: 'answered'; readonly call: string; readonly captions?: string; readonly key?: string }
  | { readonly kind: 'ended'; readonly reason: string }
  /** The connection is gone, without an end or after it. `code`: RFC 6455, section 7.4, or `replaced`. */
  | { readonly kind: 'closed'; readonly code: number }

type FromHouse =
  | Exclude<TelephoneTold, { kind: 'closed' }>
  | { readonly kind: 'mark'; readonly mark: string }
  | { readonly kind: 'clear' }

/** How the house closes a page in whose place another has come. */
export const replaced = 4000

/** A connection that takes longer is tried anew: the house keeps a call for 15 s. */
const connectsWithinMs = 5_000

/** A page's telephone: its WebSocket to the house, its microphone and loudspeaker. */
export type Telephone = {
  /** Whether it has a microphone, and whether it sounds at all. */
  readonly hasMicrophone: boolean
  readonly hasSound: boolean
  /** @param language what the page is written in: the house speaks it. */
  ring(to: string, language: string): void
  /** Comes back into a call. */
  resume(key: string): void
  press(key: string): void
  mute(on: boolean): void
  /** Sounds again; to be called when a button was pressed. */
  wake(): void
  /** Takes the call that rings here, or will not. */
  answer(): void
  refuse(): void
  /** Ends the call; the page can be rung again. */
  end(): void
  /** Takes a microphone again, after one was lost. @throws DOMException as getUserMedia does */
  listen(): Promise<void>
  /** Ends the call, and the connection with it. */
  hangUp(): void
}

export type TelephoneEars = {
  onTold(told: TelephoneTold): void
  /** How loud the microphone is now, 0 to 1. */
  onLevel(level: number): void
  onMicrophoneLost(): void
  /** All sound of the page was stopped by the system, or goes on. */
  onAsleep(isAsleep: boolean): void
}

/**
 * Asks for the microphone and opens the line; without a microphone one still hears, without any sound one still
 * presses keys, types, and reads what is said.
 * @throws Error when the house does not take the connection
 */
export async function openTelephone(path: string, ears: TelephoneEars): Promise<Telephone> {
  const socket = new WebSocket(new URL(path, location.href.replace(/^http/, 'ws')))
  socket.binaryType = 'arraybuffer'
  let isUp = false
  let sound: PageSound | undefined
  const send = (message: object) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
  }

  const isOpen = new Promise<boolean>(resolve => {
    const late = setTimeout(() => socket.close(), connectsWithinMs)
    socket.onopen = () => {
      clearTimeout(late)
      resolve(true)
    }
    socket.onclose = ({ code }) => {
      clearTimeout(late)
      resolve(false)
      sound?.close()
      ears.onTold({ kind: 'closed', code })
    }
  })
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data !== 'string') return sound?.hear(new Uint8Array(data, 4))
    const message = JSON.parse(data) as FromHouse
    if (message.kind === 'mark') sound?.mark(message.mark)
    else if (message.kind === 'clear') sound?.clear()
    else {
      isUp = message.kind === 'answered'
      // What is left of one call is not heard in the next.
      if (message.kind === 'ended') sound?.clear()
      ears.onTold(message)
    }
  }
  const soundEars: SoundEars = {
    onFrame(bytes, level) {
      ears.onLevel(level)
      if (isUp && socket.readyState === WebSocket.OPEN) socket.send(bytes as Uint8Array<ArrayBuffer>)
    },
    onHeard: mark => send({ kind: 'heard', mark }),
    onMicrophoneLost: ears.onMicrophoneLost,
    onAsleep: ears.onAsleep,
  }
  const sounding = await openSound(soundEars).catch(() => undefined)
  sound = sounding ?? openSilence(soundEars)
  const hasMicrophone = await sound.listen().then(
    () => true,
    () => false,
  )
  if (!(await isOpen)) {
    sound.close()
    throw new Error('the house does not take the connection')
  }

  return {
    hasMicrophone,
    hasSound: sounding !== undefined,
    ring: (to, language) => send({ kind: 'ring', to, language }),
    resume: key => send({ kind: 'resume', key }),
    press: key => send({ kind: 'key', key }),
    mute: on => sound?.mute(on),
    wake: () => sound?.wake(),
    answer: () => send({ kind: 'answer' }),
    refuse: () => send({ kind: 'refuse' }),
    end: () => send({ kind: 'hang-up' }),
    listen: async () => sound?.listen(),
    hangUp() {
      send({ kind: 'hang-up' })
      socket.close()
    },
  }
}
