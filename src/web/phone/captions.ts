import { useEffect, useRef, useState } from 'react'

export type CaptionLine = {
  readonly id: number
  readonly who: 'system' | 'citizen' | 'seat'
  readonly text: string
  readonly english?: string
}
type FromHouse =
  | { readonly kind: 'changes'; readonly changes: readonly { readonly line: CaptionLine }[] }
  | { readonly kind: 'welcome' | 'status' | 'typed' | 'beat' | 'refused' }

/** The captions of a call, as they read now, and the way to type into them. */
export function useCaptions(pass: string | undefined) {
  const [lines, setLines] = useState<ReadonlyMap<number, CaptionLine>>(new Map())
  const socket = useRef<WebSocket>(undefined)
  useEffect(() => {
    if (pass === undefined) return
    setLines(new Map())
    const opened = new WebSocket(new URL(`/c/${pass}/live`, location.href.replace(/^http/, 'ws')))
    opened.onmessage = ({ data }: MessageEvent<string>) => {
      const message = JSON.parse(data) as FromHouse
      if (message.kind !== 'changes') return
      setLines(before => {
        const now = new Map(before)
        for (const { line } of message.changes) now.set(line.id, line)
        return now
      })
    }
    socket.current = opened
    return () => opened.close()
  }, [pass])
  const send = (message: object) => {
    if (socket.current?.readyState === WebSocket.OPEN) socket.current.send(JSON.stringify(message))
  }
  return {
    lines: [...lines.values()].sort((one, other) => one.id - other.id),
    /** The page's own `line`th line reads so by now. */
    type: (line: number, text: string, done: boolean) =>
      send({ kind: 'type', line, text, done, voice: done }),
  }
}
