"""What a server answers, as a folder that any web server can publish.

    places    where in the folder lies what the server has at an address
    root      where the folder is published
    asking    asks the application for that, in this process
    walk      goes through all there is, and follows what pages link to
    links     links in pages: which there are, and others in their stead
    services  what documents say of services, which a folder does not have
    downloads files to download, copied
    crawling  robots.txt and sitemap.xml
    redirects rules for w3id.org and for Apache; accept: what a header asks for
    folder    the files, which replace those of an earlier export at once
    build     all of it, in order

The files hold what the server sends, byte for byte, but for links that a folder cannot
answer. It decides nothing about things, documents and formats: it asks.
"""
