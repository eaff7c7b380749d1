import { useEffect, useState } from 'react'
import type { Account } from '../../http/contract.ts'
import { ask } from '../house/house.ts'
import { say } from '../language.ts'
import { Factors } from './factors.tsx'

/** For who has a role that needs a second factor, and none yet: nothing else opens before. */
export function Enrolment({ onDone }: { readonly onDone: () => Promise<void> }) {
  const [account, setAccount] = useState<Account>()
  useEffect(() => {
    // Who is signed out meanwhile is shown the form.
    ask('GET /api/account', {}).then(setAccount, () => void onDone())
  }, [onDone])
  return (
    <section className="card sign-in" aria-label={title}>
      <h2>{title}</h2>
      {account && <Factors {...account} isForced onChanged={onDone} />}
    </section>
  )
}

const title = say({ 'zh-CN': '第二步验证', en: 'Second step' })
