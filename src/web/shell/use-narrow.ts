import { useSyncExternalStore } from 'react'

/** Where a row of links has no place: a telephone, or a page at several times its size. */
const narrow = matchMedia('(max-width: 48rem)')

export const useNarrow = (): boolean =>
  useSyncExternalStore(
    tell => {
      narrow.addEventListener('change', tell)
      return () => narrow.removeEventListener('change', tell)
    },
    () => narrow.matches,
  )
