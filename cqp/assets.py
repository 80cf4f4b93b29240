from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedModulesStorage(CompressedManifestStaticFilesStorage):
    """The static files of production: hashed names, also inside the `import` of our JavaScript modules.

    A pass rewrites one step of a chain of imports, hence more passes than Django's five; modules that import each
    other in a circle never settle, and are refused at deployment.
    """

    support_js_module_import_aggregation = True
    max_post_process_passes = 20
