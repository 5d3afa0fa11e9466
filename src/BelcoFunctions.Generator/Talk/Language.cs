namespace BelcoFunctions.Generator.Talk;

/// <summary>The language of a customer, and of all their conversations.</summary>
internal enum Language { Dutch, English }
