"""The life of the data: from files to a version, and out again.

seed        the first version, from the files that come with the program
load        files become a version, or show why they cannot
sources     a file to quads: what is read, and what is refused
contents    which quads files put into which graphs
graphs      which graph a file belongs to, and which graphs merge
merge       the default graph, kept up to date by difference
contract    what a dataset has to meet: its ontology and shapes, or the packaged ones
conform     does a dataset meet that, and which lines of which files do not?
validate    the one door to SHACL
rules       what no shape says: declared terms, distinct names, positions that fit
counts      how much there is in a dataset that was looked at
descriptions
            what a version says of itself to editors, in graphs that the program makes
partitions  how much there is of each class and property, counted in one pass
void        those figures as VoID
dcat        the catalogue of the dataset, its graphs and services, as DCAT; of
            `distributions`, `services` and `metadata`, what a version states of itself
coverage    the languages, the times and the countries of a dataset
provenance  where a version comes from, as PROV
evidence    does every piece of evidence hold, and has every fact one?
export      a version, or one of its graphs, as a file
dumps       which files there are of a version to download, and their names
dumping     making them, in a process apart; packing: compressed, with their hashes
downloads   what there is to say of them in RDF
difference  how a version differs from another; differences: in any format
report, patches
            that for people, and for programs
places      where in a text something stands
terms       what the ontology of a version says, with examples, for people
texts       which texts of the graph can be searched, and what each counts
shown       what pages show of things and graphs
apart       a function in a process of its own, with limits
"""
