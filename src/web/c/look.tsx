import { useEffect, useState } from 'react'
import { ColoursButton } from '../design/colours.tsx'
import { keep, kept } from '../kept.ts'
import { say } from '../language.ts'

/** In px. 30 is what the ministry's rule for apps asks to be reachable; who sees badly wants more. */
const sizes = [18, 20, 22, 26, 30, 36, 42, 48, 54, 60] as const

export type LookState = ReturnType<typeof useLook>

/** How captions look, kept on this device. */
export function useLook() {
  const [size, setSize] = useState(() => {
    const chosen = Number(kept('caption-size'))
    return sizes.find(one => one === chosen) ?? 26
  })
  useEffect(() => keep('caption-size', String(size)), [size])
  const step = (by: 1 | -1) => {
    const next = sizes[sizes.indexOf(size) + by]
    if (next !== undefined) setSize(next)
  }
  return { size, step }
}

export function Look({ size, step }: LookState) {
  return (
    <details className="look">
      <summary className="button">{say({ 'zh-CN': '显示', en: 'Display' })}</summary>
      <div className="choices">
        <button
          type="button"
          className="button"
          aria-label={say({ 'zh-CN': '字−，小一点', en: 'A−, smaller text' })}
          disabled={size === sizes[0]}
          onClick={() => step(-1)}
        >
          {say({ 'zh-CN': '字−', en: 'A−' })}
        </button>
        <output className="size" aria-label={say({ 'zh-CN': '字号', en: 'Text size' })}>
          {size}
        </output>
        <button
          type="button"
          className="button"
          aria-label={say({ 'zh-CN': '字＋，大一点', en: 'A+, larger text' })}
          disabled={size === sizes.at(-1)}
          onClick={() => step(1)}
        >
          {say({ 'zh-CN': '字＋', en: 'A+' })}
        </button>
        <ColoursButton />
      </div>
    </details>
  )
}
