import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Refused } from './house.ts'

/**
 * What a page has asked of the house, for all its parts. What was there stays when the house does not answer; who is
 * signed out is shown the form. @param onSignedOut told when the house no longer takes what this page asks
 */
export function Remembered({
  onSignedOut,
  children,
}: {
  readonly onSignedOut: () => Promise<void>
  readonly children: ReactNode
}) {
  const [client] = useState(() => {
    const onError = (error: Error) => {
      if (error instanceof Refused && error.isShutOut) void onSignedOut()
    }
    return new QueryClient({
      queryCache: new QueryCache({ onError }),
      mutationCache: new MutationCache({ onError }),
      // Asked as soon as it is wanted, network or not: the page says what came of it.
      defaultOptions: {
        queries: { retry: false, networkMode: 'always', refetchIntervalInBackground: true },
        mutations: { networkMode: 'always' },
      },
    })
  })
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}
