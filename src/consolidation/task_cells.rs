//! What did each township report for each task? One small cell for every pair of them, of which a province has millions.

use std::collections::BTreeMap;

use super::model::{RecordIndex, TaskState};
use crate::list::Plan;
use crate::records::values::Status;

/// What one township reported for one task.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskCell {
    records: Records,
    /// Whether it is reported, waits for review, is missing or is not expected.
    pub state: TaskState,
    /// Its rows' status taken together: late if one is, done or not begun if all are; absent where no row states one.
    pub status: Option<Status>,
    /// Whether figures or words contradict its status, and nobody has explained why.
    pub contradicted: bool,
    /// Whether the deadline of one of its rows has passed at the period's end.
    pub overdue: bool,
    /// Whether the share done of one of its rows stays behind the share of the time gone.
    pub lags: bool,
}

/// The records of a cell: nearly always one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Records {
    #[default]
    None,
    One(SmallIndex),
    Several(Box<Several>),
}

/// More than one record, behind one pointer, so that a cell stays small.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Several(Vec<SmallIndex>);

/// A [`RecordIndex`] in half the room.
type SmallIndex = (u32, u32);

impl TaskCell {
    /// Records that answer the task, in reading order.
    pub fn records(&self) -> impl Iterator<Item = RecordIndex> {
        let records = match &self.records {
            Records::None => &[][..],
            Records::One(record) => std::slice::from_ref(record),
            Records::Several(records) => &records.0,
        };
        let wide = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        records.iter().map(move |(submission, record)| (wide(*submission), wide(*record)))
    }

    /// Whether no record answers it.
    pub fn is_empty(&self) -> bool {
        self.records == Records::None
    }

    /// Adds a record.
    pub(super) fn push(&mut self, (submission, record): RecordIndex) {
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let further = (small(submission), small(record));
        self.records = match std::mem::take(&mut self.records) {
            Records::None => Records::One(further),
            Records::One(first) => Records::Several(Box::new(Several(vec![first, further]))),
            Records::Several(mut records) => {
                records.0.push(further);
                Records::Several(records)
            }
        };
    }
}

/// The cells of all tasks and townships.
#[derive(Debug, Clone)]
pub struct TaskCells {
    /// The place of each task, by its official number.
    tasks: BTreeMap<u32, usize>,
    townships: usize,
    /// Task by task.
    cells: Vec<TaskCell>,
}

impl TaskCells {
    /// Empty cells for the tasks of a plan and so many townships.
    pub(super) fn new(plan: &Plan, townships: usize) -> Self {
        let mut tasks = BTreeMap::new();
        for task in &plan.tasks {
            let next = tasks.len();
            tasks.entry(task.number).or_insert(next);
        }
        let cells = vec![TaskCell::default(); tasks.len() * townships];
        Self { tasks, townships, cells }
    }

    /// The cell of a task, by its official number, and a township, by its place.
    pub fn get(&self, task: u32, township: usize) -> Option<&TaskCell> {
        self.place(task, township).map(|place| &self.cells[place])
    }

    /// As [`TaskCells::get`], to be changed.
    pub(super) fn get_mut(&mut self, task: u32, township: usize) -> Option<&mut TaskCell> {
        self.place(task, township).map(|place| &mut self.cells[place])
    }

    fn place(&self, task: u32, township: usize) -> Option<usize> {
        let task = self.tasks.get(&task)?;
        (township < self.townships).then_some(task * self.townships + township)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_keeps_its_records_in_order_and_little_room() {
        let mut cell = TaskCell::default();
        assert!(cell.is_empty());
        for record in [(0, 5), (0, 2), (7, 1)] {
            cell.push(record);
        }
        assert_eq!(cell.records().collect::<Vec<_>>(), [(0, 5), (0, 2), (7, 1)]);
        assert!(!cell.is_empty());
        assert!(size_of::<TaskCell>() <= 24, "{}", size_of::<TaskCell>());
    }

    #[test]
    fn cells_are_found_by_task_and_township() {
        let mut cells = TaskCells::new(&Plan::built_in(), 3);
        cells.get_mut(2, 1).unwrap().push((4, 4));
        assert_eq!(cells.get(2, 1).unwrap().records().next(), Some((4, 4)));
        assert!(cells.get(2, 0).unwrap().is_empty());
        assert!(cells.get(2, 3).is_none() && cells.get(999, 0).is_none());
    }
}
