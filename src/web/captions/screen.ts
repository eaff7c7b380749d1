import type { CaptionLine, ToCaptionPage } from '../../http/contract.ts'

export type Status = Extract<ToCaptionPage, { kind: 'status' }>
export type ScreenRefusal = Extract<ToCaptionPage, { kind: 'refused' }>['why']

/** How the page stands with the house. */
export type ScreenConnection = 'connecting' | 'live' | 'lost' | 'over' | { readonly refused: ScreenRefusal }

/** What a page shows of a call. */
export type Screen = {
  readonly lines: readonly CaptionLine[]
  /** Number of the last change taken in. */
  readonly last: number
  readonly connection: ScreenConnection
  readonly status: Status | undefined
  /** Whose page the house takes this for. */
  readonly role: 'citizen' | 'seat' | undefined
  /** Lines that could not be put right as was asked. */
  readonly refusedFixes: readonly number[]
  /** To be read to the caller; only seats are told. */
  readonly code: string | undefined
  /** What opens the call again, whoever mistypes codes beside us; only citizens are told. */
  readonly link: string | undefined
}

export const blank: Screen = {
  lines: [],
  last: 0,
  connection: 'connecting',
  status: undefined,
  role: undefined,
  refusedFixes: [],
  code: undefined,
  link: undefined,
}

/** The screen after a message. */
export function shown(screen: Screen, message: ToCaptionPage): Screen {
  switch (message.kind) {
    case 'welcome':
      return {
        ...screen,
        connection: 'live',
        role: message.role,
        code: message.code,
        link: message.link,
      }
    case 'changes': {
      const lines = [...screen.lines]
      for (const { line } of message.changes) lines[line.id - 1] = line
      return { ...screen, lines, last: Math.max(screen.last, ...message.changes.map(({ n }) => n)) }
    }
    case 'status':
      return { ...screen, status: message, connection: message.over ? 'over' : 'live' }
    case 'refused-fix':
      return { ...screen, refusedFixes: [...screen.refusedFixes, message.line] }
    case 'refused': {
      // A house that was started anew knows nothing of the call: what was read stays.
      const isOver = message.why === 'over' || (message.why === 'wrong' && screen.last > 0)
      return { ...screen, connection: isOver ? 'over' : { refused: message.why } }
    }
    default:
      return screen
  }
}
