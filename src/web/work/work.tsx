import './work.css'
import type { Member } from '../../http/contract.ts'
import { showPage } from '../design/page.tsx'
import { waits } from '../house/waits.tsx'
import { say } from '../language.ts'
import { Links } from '../shell/links.tsx'
import { placeHere, placesOf } from '../shell/places.ts'
import { SignedIn } from '../sign-in/sign-in.tsx'

/** Where whoever works here begins: what waits for them, and their pages. */
function WorkPage({ member: { role } }: { readonly member: Member }) {
  const here = placeHere()
  return (
    <div className="work at-work">
      <section className="card" aria-labelledby="waits">
        <h2 id="waits">{words.waits}</h2>
        <ul className="waits">
          {waits
            .filter(wait => role === 'admin' || wait.for.includes(role))
            .map(({ name, Waits }) => (
              <Waits key={name} role={role} />
            ))}
        </ul>
        <p className="nothing-waits quiet">{words.nothing}</p>
      </section>
      <section className="card" aria-labelledby="pages">
        <h2 id="pages">{words.pages}</h2>
        <Links places={placesOf(role).filter(({ href }) => href !== here?.href)} />
      </section>
    </div>
  )
}

const words = {
  waits: say({ 'zh-CN': '待办', en: 'Waits for me' }),
  nothing: say({ 'zh-CN': '现在没有待办', en: 'Nothing waits for you now' }),
  pages: say({ 'zh-CN': '我的页面', en: 'My pages' }),
}

showPage(
  { 'zh-CN': '工作台', en: 'My work' },
  <SignedIn>{({ member }) => <WorkPage member={member} />}</SignedIn>,
)
