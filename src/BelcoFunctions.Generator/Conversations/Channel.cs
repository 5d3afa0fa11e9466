using Bogus;

namespace BelcoFunctions.Generator.Conversations;

/// <summary>A way to reach the shop, and how fast people answer on it.</summary>
/// <param name="Name">As Belco writes it.</param>
/// <param name="IsEmail">Whether messages have the form of an e-mail.</param>
/// <param name="FirstReply">The longest time until an agent's first reply, in office hours.</param>
/// <param name="NextReply">The longest time until an agent's later replies, in office hours.</param>
/// <param name="CustomerReply">The longest time until the customer replies.</param>
internal sealed record Channel(string Name, bool IsEmail, TimeSpan FirstReply, TimeSpan NextReply, TimeSpan CustomerReply)
{
    private static readonly Channel[] All =
    [
        new("chat", false, TimeSpan.FromMinutes(25), TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(8)),
        new("email", true, TimeSpan.FromHours(7), TimeSpan.FromHours(6), TimeSpan.FromHours(30)),
        new("whatsapp", false, TimeSpan.FromHours(2), TimeSpan.FromMinutes(45), TimeSpan.FromHours(3)),
        new("instagram", false, TimeSpan.FromHours(5), TimeSpan.FromHours(2), TimeSpan.FromHours(6)),
    ];

    private static readonly float[] Shares = [0.44f, 0.39f, 0.13f, 0.04f];

    public static Channel Pick(Randomizer random) => random.WeightedRandom(All, Shares);

    /// <summary>Whether the message comes from a page of the shop.</summary>
    public bool HasPage => Name == "chat";
}
