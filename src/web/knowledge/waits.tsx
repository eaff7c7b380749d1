import { Wait } from '../design/wait.tsx'
import { useInbox } from './use-knowledge.ts'

export function KnowledgeWaits() {
  const { inbox } = useInbox()
  return (
    <>
      <Wait
        count={inbox?.review.length}
        of={{ 'zh-CN': '条知识等我审核', en: 'entries of knowledge wait for my review' }}
        href="/knowledge"
      />
      <Wait
        count={inbox?.ending.length}
        of={{ 'zh-CN': '条知识即将到期', en: 'entries of knowledge end soon' }}
        href="/knowledge"
        isLate={inbox?.ending.some(({ days }) => days <= 7)}
      />
    </>
  )
}
