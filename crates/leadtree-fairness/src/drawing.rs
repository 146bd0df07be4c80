//! Draws counts over time as SVG.

use std::error::Error;
use std::path::Path;

use plotters::prelude::*;

use crate::contest::Course;

const SIZE: (u32, u32) = (1_080, 600);

/// Draws each run in a panel: each member's count minus the share, over the leads. All panels have
/// the same scale.
pub(crate) fn draw(path: &Path, courses: &[Course]) -> Result<(), Box<dyn Error>> {
    let root = SVGBackend::new(path, SIZE).into_drawing_area();
    root.fill(&WHITE)?;
    let Some(figure) = courses.first().map(|course| &course.figure) else {
        return Ok(root.present()?);
    };
    let title = format!(
        "{}: count less fair share of each of {} members, lead by lead",
        figure.sequence, figure.members
    );
    let root = root.titled(&title, ("sans-serif", 20))?;
    let columns = 3;
    let panels = root.split_evenly((courses.len().div_ceil(columns), columns));
    let furthest = courses.iter().map(|course| course.figure.max_deviation);
    let furthest = furthest.fold(1.0, f64::max).ceil();
    for (panel, course) in panels.iter().zip(courses) {
        let caption = format!(
            "{}: at most {:.2}",
            course.figure.strategy, course.figure.max_deviation
        );
        let mut chart = ChartBuilder::on(panel)
            .caption(caption, ("sans-serif", 15))
            .margin(8)
            .x_label_area_size(24)
            .y_label_area_size(32)
            .build_cartesian_2d(0..course.deviations.len(), -furthest..furthest)?;
        let mut mesh = chart.configure_mesh();
        mesh.disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .x_labels(5)
            .y_labels(5)
            .y_label_formatter(&|leads| format!("{leads:.0}"))
            .draw()?;
        for member in 0..course.figure.members {
            let points = course.deviations.iter().map(|all| all[member]).enumerate();
            let color = Palette99::pick(member).stroke_width(1);
            chart.draw_series(LineSeries::new(points, color))?;
        }
    }
    Ok(root.present()?)
}
