import { showPage } from '../design/page.tsx'
import { say, type Words } from '../language.ts'

const places: readonly { readonly href: string; readonly name: Words; readonly what: Words }[] = [
  {
    href: '/docs',
    name: { 'zh-CN': '接口', en: 'API' },
    what: { 'zh-CN': '程序能问的一切', en: 'All that a program can ask' },
  },
]

showPage(
  { 'zh-CN': '接听 · 12345 热线', en: 'Jieting · 12345 hotline' },
  <ul>
    {places.map(({ href, name, what }) => (
      <li key={href}>
        <a href={href}>{say(name)}</a> — {say(what)}
      </li>
    ))}
  </ul>,
)
