namespace BelcoFunctions.Viewer.Web;

/// <summary>What the pages say about the archive that they show.</summary>
/// <param name="Archive">Where the rows are, like <c>Azurite, in /home/me/.belco</c>.</param>
/// <param name="Access">The rights with which the rows are read, like <c>Read with the account key</c>.</param>
public sealed record ViewerOptions(string Archive, string Access);
