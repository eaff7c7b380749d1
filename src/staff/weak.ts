import { Fault } from '../foundation/index.ts'

/** What the lists of passwords that were stolen begin with; with figures and signs around them they are guessed first, too. */
const common: ReadonlySet<string> = new Set(
  (
    'password passwort pass secret admin administrator root user guest test hotline jieting beijing shanghai welcome letmein ' +
    'changeme default iloveyou woaini woaiwojia princess dragon monkey football baseball superman batman sunshine master ' +
    'qwerty qwertyuiop qwertyui asdf asdfgh asdfghjkl zxcvbn zxcvbnm qaz qazwsx qazwsxedc qazwsxedcrfv wsx edc zaqwsx ' +
    'zaqwsxcde qwe qweasd qweasdzxc abc abcd abcdef abcdefg login hello trustno nihao mima zhongguo china huawei a aa'
  ).split(' '),
)
const leastDistinct = 5

/** Keys beside each other, and letters and figures in their order, both ways. */
const runs = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'].flatMap(
  row => [row, [...row].reverse().join('')],
)

/** @throws Fault `password-weak` for what is among the first that anybody tries, however long it is */
export function refuseWeak(password: string, name: string): void {
  const plain = password.toLowerCase()
  if (new Set(plain).size < leastDistinct) throw weak('few characters over and over')
  if (/^(.{1,20}?)\1+.{0,5}$/su.test(plain)) throw weak('the same over and over')
  if (withoutRuns(plain).length < 4) throw weak('keys or figures in their order')
  if (plain.includes(name.toLowerCase()) && plain.length - name.length < 8)
    throw weak('the name, and little else')
  if (isCommon(plain) || isCommon(inLetters(plain.replace(/[^\p{L}]+$/u, ''))))
    throw weak('a word that everybody takes')
}

/** Figures and signs that stand for letters. */
const stands: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '0': 'o',
  '1': 'i',
  '!': 'i',
  '3': 'e',
  $: 's',
  '5': 's',
}
const inLetters = (text: string) => [...text].map(sign => stands[sign] ?? sign).join('')

/** Whether nothing but a common word is left, once figures and signs are gone. */
const isCommon = (text: string) => common.has(text.replace(/[^\p{L}]/gu, ''))

/** What is left without stretches of three and more that follow each other. */
function withoutRuns(text: string): string {
  for (let length = text.length; length >= 3; length--)
    for (let at = 0; at + length <= text.length; at++)
      if (runs.some(run => run.includes(text.slice(at, at + length))))
        return withoutRuns(text.slice(0, at)) + withoutRuns(text.slice(at + length))
  return text
}

const weak = (found: string) =>
  new Fault({
    code: 'password-weak',
    place: 'password',
    found,
    expected: 'some words that do not belong together, or what a password manager makes',
  })
