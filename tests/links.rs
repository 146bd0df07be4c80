//! Links of the documents at the root of the repository lead somewhere.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::Path;

use pulldown_cmark::{Event, Parser, Tag};

/// The targets of all links and pictures of a text in Markdown that name no host.
fn relative_links(markdown: &str) -> Vec<String> {
    let links = Parser::new(markdown).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url),
        _ => None,
    });
    links
        .filter(|link| !link.contains("://"))
        .map(String::from)
        .collect()
}

#[test]
fn links_to_files_of_the_repository_lead_to_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The package has no other crates beside it.
    let is_package = !root.join("crates").exists();
    for (document, fewest) in [
        ("README.md", 10),
        ("CONTRIBUTING.md", 1),
        ("CHANGELOG.md", 0),
    ] {
        let links = relative_links(&fs::read_to_string(root.join(document)).unwrap());
        assert!(links.len() >= fewest, "{document}: {links:?}");
        for link in links {
            let leads_out_of_package = is_package && link.starts_with("crates/");
            assert!(
                root.join(&link).exists() || leads_out_of_package,
                "{document} links to `{link}`, which does not exist"
            );
        }
    }
}

#[test]
fn links_are_found() {
    let markdown = "[a](a.md), `[b](b.md)`, ![c](c/d.svg) and [e](https://example.com/e.md)";
    assert_eq!(relative_links(markdown), ["a.md", "c/d.svg"]);
}

/// A page of a registry shows the README without the files beside it.
#[test]
fn the_readme_shows_no_picture_of_the_repository() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let pictures: Vec<_> = Parser::new(&readme)
        .filter(|event| matches!(event, Event::Start(Tag::Image { .. })))
        .collect();
    assert!(pictures.is_empty(), "{pictures:?}");
}
