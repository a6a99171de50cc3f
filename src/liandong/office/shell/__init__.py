"""What all subjects share: access, language, tables, figures with evidence, exports, problems in words."""
