"""Examples: small complete workspaces that ship with the package and that anybody may try.

    xuchang   a city's page, its plan, its parks, and the listed manufacturers of Henan and the Yangtze delta

    from liandong.examples import xuchang
    xuchang.PAGE                  # the path of the page
    xuchang.copy_to("my-demo")    # the whole example, to edit

What is real in an example, what is retold and what was assigned stands in its README.md.
"""
