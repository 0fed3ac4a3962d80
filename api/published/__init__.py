"""Plans in force: publishing, moving visits, a buddy's own weeks."""
