"""The base page, the components and the forms that every door starts from."""
