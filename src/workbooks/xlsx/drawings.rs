//! What lies on top of the cells of an xlsx worksheet: pictures, text boxes, embedded files?

use crate::workbooks::container::Container;
use crate::workbooks::limits::Budget;
use crate::workbooks::ooxml::Relationship;
use crate::workbooks::refusal::Refusal;
use crate::workbooks::xml::{Node, Xml, local_name, text_of};

/// What was seen on one worksheet.
#[derive(Debug, Default, PartialEq, Eq)]
struct Seen {
    pictures: usize,
    charts: usize,
    texts: Vec<String>,
}

/// Names in remarks what cannot be read into cells.
pub(in crate::workbooks) fn read(
    container: &mut Container<'_>,
    related: &[Relationship],
    sheet: &str,
    remarks: &mut Vec<String>,
    budget: &mut Budget<'_>,
) -> Result<(), Refusal> {
    let mut seen = Seen::default();
    for relationship in related.iter().filter(|relationship| relationship.kind == "drawing") {
        container.with_part(&relationship.target, budget, |bytes, budget| look(&text_of(bytes), &mut seen, budget))?;
    }
    let embedded = related.iter().filter(|relationship| matches!(&*relationship.kind, "oleobject" | "package")).count();
    seen.remark(sheet, embedded, remarks);
    Ok(())
}

fn look(text: &str, seen: &mut Seen, budget: &mut Budget<'_>) -> Result<(), Refusal> {
    let mut xml = Xml::new(text);
    loop {
        match xml.next(budget)? {
            Node::Start(start) => match local_name(&start) {
                // What older programs are to show in place of what stands before it.
                "Fallback" => xml.skip(budget)?,
                "pic" => seen.pictures += 1,
                "graphicFrame" => seen.charts += 1,
                "txBody" => {
                    let text = xml.text(budget)?;
                    let text = text.trim();
                    if !text.is_empty() {
                        budget.text(text.len())?;
                        seen.texts.push(text.to_owned());
                    }
                }
                _ => {}
            },
            Node::Eof => return Ok(()),
            _ => {}
        }
    }
}

impl Seen {
    fn remark(self, sheet: &str, embedded: usize, remarks: &mut Vec<String>) {
        if self.pictures > 0 {
            remarks.push(format!("工作表“{sheet}”有{}张图片，图片中的内容无法读取。", self.pictures));
        }
        if self.charts > 0 {
            remarks.push(format!("工作表“{sheet}”有{}个图表，没有读取。", self.charts));
        }
        if embedded > 0 {
            remarks.push(format!("工作表“{sheet}”嵌入了{embedded}个其他文件，没有读取。"));
        }
        for text in self.texts {
            remarks.push(format!("工作表“{sheet}”有文本框，其中的文字未列入记录：{text}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbooks::Limits;

    #[test]
    fn pictures_are_counted_and_text_boxes_quoted() {
        let text = "<xdr:wsDr xmlns:xdr=\"x\" xmlns:a=\"a\"><xdr:pic/><xdr:pic/><xdr:graphicFrame/>\
            <xdr:sp><xdr:txBody><a:p><a:r><a:t>填报单位：</a:t></a:r><a:r><a:t>大门镇</a:t></a:r></a:p></xdr:txBody></xdr:sp>\
            <mc:Fallback><xdr:pic/></mc:Fallback>\
            <xdr:sp><xdr:txBody><a:p/></xdr:txBody></xdr:sp></xdr:wsDr>";
        let limits = Limits::default();
        let mut seen = Seen::default();
        look(text, &mut seen, &mut Budget::new(&limits)).unwrap();
        assert_eq!(seen, Seen { pictures: 2, charts: 1, texts: vec!["填报单位：大门镇".to_owned()] });
    }
}
