namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The columns of all rows, for the code that writes them and the code that reads them. docs/querying.md describes
/// each.</summary>
internal static class Column
{
    // Keys.
    public const string PartitionKey = "PartitionKey";
    public const string RowKey = "RowKey";

    // Several kinds of rows.
    public const string ShopId = "ShopId";
    public const string ConversationId = "ConversationId";
    public const string EventName = "EventName";
    public const string RequestId = "RequestId";
    public const string ReceivedAt = "ReceivedAt";
    public const string Raw = "Raw";
    public const string RawBlob = "RawBlob";
    public const string AssignedTo = "AssignedTo";
    public const string ReadAt = "ReadAt";
    public const string SchemaVersion = "SchemaVersion";

    // A conversation.
    public const string OrganizationId = "OrganizationId";
    public const string CustomerId = "CustomerId";
    public const string Channel = "Channel";
    public const string Type = "Type";
    public const string Status = "Status";
    public const string StatusAsOf = "StatusAsOf";
    public const string StatusSource = "StatusSource";
    public const string AssignedToAsOf = "AssignedToAsOf";
    public const string AssignedToSource = "AssignedToSource";
    public const string FirstItemId = "FirstItemId";
    public const string CreatedAt = "CreatedAt";
    public const string Subject = "Subject";
    public const string LastItemId = "LastItemId";
    public const string LastItemAt = "LastItemAt";
    public const string LastItemVersion = "LastItemVersion";
    public const string LastClosedAt = "LastClosedAt";
    public const string FirstCustomerMessageAt = "FirstCustomerMessageAt";
    public const string FirstAgentMessageAt = "FirstAgentMessageAt";
    public const string LastCustomerMessageAt = "LastCustomerMessageAt";
    public const string LastAgentMessageAt = "LastAgentMessageAt";
    public const string LastMessage = "LastMessage";
    public const string LastMessageAttachments = "LastMessageAttachments";
    public const string LastMessageAttachmentName = "LastMessageAttachmentName";
    public const string LastMessageVersion = "LastMessageVersion";
    public const string CustomerMessages = "CustomerMessages";
    public const string AgentMessages = "AgentMessages";
    public const string Notes = "Notes";
    public const string Assignments = "Assignments";
    public const string Closes = "Closes";
    public const string Reopens = "Reopens";
    public const string Events = "Events";

    // What is erased of a conversation or a customer.
    public const string ErasedAt = "ErasedAt";
    public const string ErasedThrough = "ErasedThrough";
    public const string ReceivedThrough = "ReceivedThrough";
    public const string ErasureUnfinished = "ErasureUnfinished";

    // An event of a timeline.
    public const string ItemId = "ItemId";
    public const string At = "At";
    public const string Kind = "Kind";
    public const string EventDate = "EventDate";
    public const string ActorType = "ActorType";
    public const string ActorId = "ActorId";
    public const string Body = "Body";
    public const string BodyTruncated = "BodyTruncated";
    public const string Via = "Via";
    public const string ViaApi = "ViaApi";
    public const string Attachments = "Attachments";
    public const string AttachmentsTruncated = "AttachmentsTruncated";
    public const string PageUrl = "PageUrl";
    public const string PageTitle = "PageTitle";
    public const string PageReferrer = "PageReferrer";
    public const string PreviousAssignee = "PreviousAssignee";
    public const string PreviousStatus = "PreviousStatus";
    public const string UpdatedAt = "UpdatedAt";
    public const string IgnoredFields = "IgnoredFields";

    // A conversation that import has read.
    public const string ListedHash = "ListedHash";
    public const string PastRetentionDays = "PastRetentionDays";

    // The mark of an import.
    public const string Run = "Run";
    public const string StartedAt = "StartedAt";
    public const string CompleteAsOf = "CompleteAsOf";
    public const string Since = "Since";
    public const string MissingItems = "MissingItems";
    public const string Missing = "Missing";

    // The name of a user, a team or a contact. Its kind is in the column Kind.
    public const string Id = "Id";
    public const string Name = "Name";

    // An unprojected event.
    public const string Reason = "Reason";

    /// <summary>The column with the version of a register, such as <c>StatusVersion</c>.</summary>
    public static string VersionOf(string register) => register + "Version";

    /// <summary>The column with the moment when the API said a value, such as <c>StatusReadAt</c>.</summary>
    public static string ReadAtOf(string register) => register + "ReadAt";
}
