import { useSyncExternalStore } from 'react'
import { keep, kept } from '../kept.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const keptAs = 'theme'
const systemIsDark = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()
let theme = themes.find(one => one === kept(keptAs)) ?? 'system'

/** The style sheet reads the attribute; it alone says `color-scheme` (see design.css for why). */
function show(): void {
  document.documentElement.dataset.theme = theme
}
show()

/** Kept on this device, for all pages. */
export function chooseTheme(chosen: Theme): void {
  theme = chosen
  keep(keptAs, theme)
  show()
  for (const listen of listeners) listen()
}

export const useTheme = (): Theme => useSyncExternalStore(subscribe, () => theme)

/** Whether the page is dark now, by choice or by the system. */
export const useIsDark = (): boolean =>
  useSyncExternalStore(subscribe, () => theme === 'dark' || (theme === 'system' && systemIsDark.matches))

function subscribe(listen: () => void): () => void {
  listeners.add(listen)
  systemIsDark.addEventListener('change', listen)
  return () => {
    listeners.delete(listen)
    systemIsDark.removeEventListener('change', listen)
  }
}
