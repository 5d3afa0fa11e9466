namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Whose name it is. A contact is what a conversation calls its customer.</summary>
public enum NameKind { User, Team, Contact }
