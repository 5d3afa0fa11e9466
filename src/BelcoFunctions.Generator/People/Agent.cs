namespace BelcoFunctions.Generator.People;

/// <summary>Someone who answers for the shop.</summary>
/// <param name="Id">The id of the user in Belco.</param>
/// <param name="FirstName">The name that messages are signed with.</param>
public sealed record Agent(string Id, string FirstName);
