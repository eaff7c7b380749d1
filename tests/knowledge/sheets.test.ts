import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readCsv, writeCsv } from '../../src/knowledge/sheets/csv.ts'
import { readMarkdown } from '../../src/knowledge/sheets/markdown.ts'
import { readXlsx, writeXlsx } from '../../src/knowledge/sheets/xlsx.ts'

const book = (sheet: string, strings = '') =>
  zipSync({
    'xl/workbook.xml': strToU8(
      '<workbook><sheets><sheet name="a" sheetId="1" r:id="rId7"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="rId7" Type="x" Target="worksheets/other.xml"/></Relationships>',
    ),
    'xl/worksheets/other.xml': strToU8(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`),
    ...(strings && { 'xl/sharedStrings.xml': strToU8(`<sst>${strings}</sst>`) }),
  })

describe('a workbook', () => {
  it('is read as text: a formula is the formula, whatever it came to', () => {
    const sheet = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="str"><f>HYPERLINK("http://x","y&amp;z")</f><v>y</v></c></row>
      <row r="3"><c r="B3"><v>46027</v></c><c t="inlineStr"><is><t>in </t><t>line</t></is></c></row>`
    const strings = '<si><r><t>社</t></r><r><t xml:space="preserve">保 </t></r><rPh><t>しゃ</t></rPh></si>'
    expect(readXlsx(book(sheet, strings), 'a.xlsx')).toEqual([
      ['社保 ', '', '=HYPERLINK("http://x","y&z")'],
      [],
      ['', '46027', 'in line'],
    ])
  })

  it('is written so that nothing in it is a formula, and read again as it was', async () => {
    const rows = [
      ['问题', '播报文本'],
      ['=1+1', '第一段\n第二段 <&>'],
      ['', '@SUM(A1)'],
    ]
    expect(readXlsx(await writeXlsx(rows), 'a.xlsx')).toEqual(rows)
  })

  it.each([
    ['no archive', new Uint8Array([0x50, 0x4b, 1, 2])],
    ['no sheet', zipSync({ 'a.txt': strToU8('a') })],
    ['broken XML', book('<row r="1"><c')],
    ['a row out of the world', book('<row r="9999999"></row>')],
  ])('is refused with %s', (_, bytes) => {
    expect(() => readXlsx(bytes, 'a.xlsx')).toThrow(expect.objectContaining({ code: 'knowledge-file' }))
  })

  it('is refused when it unpacks to what no table is', () => {
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(1024) })
    // What the archive's directory says of it (APPNOTE 4.3.12): nothing is unpacked beyond that.
    const entry = Buffer.from(bomb.buffer).indexOf('PK\x01\x02', 0, 'latin1')
    Buffer.from(bomb.buffer).writeUInt32LE(201 * 1024 * 1024, entry + 24)
    expect(() => readXlsx(bomb, 'a.xlsx')).toThrow(expect.objectContaining({ code: 'knowledge-file-big' }))
  })
})

describe('CSV', () => {
  it('is read as it was written, quotation marks, line ends and what looks like a formula included', () => {
    const rows = [
      ['问题', 'a,b'],
      ['他说"好"', '两\n行'],
      ['=1+1', '-2'],
    ]
    expect(readCsv(writeCsv(rows), 'a.csv')).toEqual(rows)
  })

  it('is taken in GBK, as Excel in China saves it', () => {
    expect(readCsv(new Uint8Array([0xce, 0xca, 0xcc, 0xe2, 0x2c, 0x61]), 'a.csv')).toEqual([['问题', 'a']])
  })

  it('is refused with a quotation mark that nothing closes, and where', () => {
    expect(() => readCsv(new TextEncoder().encode('a\n"b\nc'), 'a.csv')).toThrow(
      expect.objectContaining({ place: 'a.csv:3' }),
    )
  })
})

describe('Markdown', () => {
  it('gives each entry what stands before the first, unless it says it itself', () => {
    const rows = readMarkdown(
      '<!-- 示例 -->\n# 社保\n单位：labour\n\n## 问一？\n- 别的\n> 一段\n> 两段\n所需材料：a；b\n\n## 问二\n单位：centre\n',
      'a.md',
    )
    expect(rows).toEqual([
      {
        row: 5,
        cells: { unit: 'labour', question: '问一？', wordings: '别的', text: '一段\n两段', papers: 'a；b' },
      },
      { row: 11, cells: { unit: 'centre', question: '问二' } },
    ])
  })

  it('is refused with a line that says nothing, and where', () => {
    expect(() => readMarkdown('## 问\n随便写写', 'a.md')).toThrow(
      expect.objectContaining({ code: 'knowledge-file', place: 'a.md:2' }),
    )
  })
})
