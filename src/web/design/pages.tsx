import { type ReactNode, useState } from 'react'
import { Button } from 'react-aria-components'
import { say } from '../language.ts'

/** Which page of a list is shown: where each began that was gone through; the last is the one. */
export function usePages() {
  const [begins, setBegins] = useState<readonly (string | undefined)[]>([undefined])
  return {
    begin: begins.at(-1),
    /** From 1. */
    at: begins.length,
    toFirst: () => setBegins([undefined]),
    back: () => setBegins(begins.slice(0, -1)),
    on: (next: string | undefined) => setBegins([...begins, next]),
  }
}

/** Leads to the page before and to the next. @param next where that begins; none when absent */
export const Pages = ({
  pages,
  next,
  children,
}: {
  readonly pages: ReturnType<typeof usePages>
  readonly next: string | undefined
  /** What else is chosen of how a list is shown. */
  readonly children?: ReactNode
}) => (
  <div className="pages">
    <Button className="button" isDisabled={pages.at === 1} onPress={pages.back}>
      {say({ 'zh-CN': '上一页', en: 'Page before' })}
    </Button>
    <span role="status">{say({ 'zh-CN': `第 ${pages.at} 页`, en: `Page ${pages.at}` })}</span>
    <Button className="button" isDisabled={next === undefined} onPress={() => pages.on(next)}>
      {say({ 'zh-CN': '下一页', en: 'Next page' })}
    </Button>
    {children}
  </div>
)
