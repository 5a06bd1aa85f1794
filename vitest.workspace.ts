/** The test projects: one for each package, and one for the scripts of this repository. */
export default ["packages/*", "scripts"];
