import { useMutation, useQueryClient } from '@tanstack/react-query'

/**
 * What somebody does with what a page lists: it is asked for anew whatever came of it, since somebody else may have been
 * quicker, and what was refused is said where it was done.
 * @param key of what is listed
 */
export function useActing(key: string, textOf: (error: Error | null) => string) {
  const client = useQueryClient()
  const { mutateAsync, error, isPending } = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSettled: () => client.invalidateQueries({ queryKey: [key] }),
  })
  return {
    trouble: textOf(error),
    isBusy: isPending,
    isDone: (act: () => Promise<unknown>): Promise<boolean> =>
      mutateAsync(act).then(
        () => true,
        () => false,
      ),
  }
}
