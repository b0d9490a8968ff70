/*
 * The board by pointer: a card is dragged to another stage, with all that are ticked; a whole stage is ticked at once. It sends
 * the page's own forms.
 */
const board = document.querySelector('.board')
const bar = document.getElementById('together')
const said = document.getElementById('board-said')
const count = bar.querySelector('[data-count]')
const heading = count.textContent
const casesIn = (part) => [...part.querySelectorAll('[name="case"]')]
const ticked = () => casesIn(board).filter((box) => box.checked)
const isAll = (section) => casesIn(section).every((box) => box.checked)
let dragged = null

function tell() {
  const { length } = ticked()
  count.textContent = length === 0 ? heading : count.dataset.count.replace('#', length)
  for (const link of board.querySelectorAll('[data-every]'))
    link.firstChild.data = isAll(link.closest('section')) ? link.dataset.none : link.dataset.every
}

function moveTo({ own, select, isAlone }, stage) {
  if (isAlone && stage !== 'lost') {
    select.value = stage
    said.textContent = said.dataset.moving
    return select.form.requestSubmit()
  }
  if (isAlone) for (const box of casesIn(board)) box.checked = box === own
  tell()
  bar.elements.to.value = stage
  if (stage !== 'lost') return bar.requestSubmit()
  said.textContent = said.dataset.reason
  bar.elements.code.focus()
}

function goalOf({ target }) {
  const section = target.closest('section')
  if (dragged === null || section === null || section === dragged.from) return null
  const may = !dragged.isAlone || [...dragged.select.options].some(({ value }) => value === section.dataset.stage)
  return may ? section : null
}

function show(goal) {
  for (const each of board.children) each.classList.toggle('over', each === goal)
}

board.addEventListener('change', tell)
board.addEventListener('click', (event) => {
  const link = event.target.closest('[data-every]')
  if (link === null) return
  event.preventDefault()
  const section = link.closest('section')
  const next = !isAll(section)
  for (const box of casesIn(section)) box.checked = next
  tell()
})

for (const card of board.querySelectorAll('.card')) card.draggable = true
board.addEventListener('dragstart', ({ target: card, dataTransfer }) => {
  if (!card.matches?.(".card")) return
  const [own] = casesIn(card)
  dataTransfer.setData('text/plain', card.querySelector('h3').textContent)
  const isAlone = !own.checked || ticked().length === 1
  dragged = { own, select: card.querySelector('[name="to"]'), isAlone, from: card.closest('section') }
})
board.addEventListener('dragover', (event) => {
  const goal = goalOf(event)
  show(goal)
  if (goal !== null) event.preventDefault()
})
board.addEventListener('drop', (event) => {
  const goal = goalOf(event)
  if (goal === null) return
  event.preventDefault()
  dragged.to = goal.dataset.stage
})
board.addEventListener('dragend', () => {
  const done = dragged
  dragged = null
  show(null)
  if (done?.to) moveTo(done, done.to)
})
tell()
