using System.Globalization;
using BelcoFunctions.Generator.People;
using BelcoFunctions.Generator.Talk;
using BelcoFunctions.Generator.Time;
using Bogus;

namespace BelcoFunctions.Generator.Conversations;

/// <summary>What a conversation is about: an order and its details.</summary>
internal static class Purchase
{
    // The scripts rely on sleeves, a zip, a size and, in Dutch, the article "de".
    private static readonly (string Dutch, string English, int Price)[] Jackets =
    [
        ("regenjas", "rain jacket", 90), ("softshelljas", "softshell jacket", 110), ("wandeljas", "hiking jacket", 130),
        ("winterjas", "winter jacket", 190), ("fietsjas", "cycling jacket", 100), ("parka", "parka", 220),
        ("windbreaker", "windbreaker", 70),
    ];

    private static readonly string[] Models =
        ["Texel", "Vlieland", "Schiermonnikoog", "Ameland", "Veluwe", "Waddenzee", "Drenthe"];

    private static readonly (string Dutch, string English)[] Colours =
        [("donkerblauw", "navy"), ("olijfgroen", "olive"), ("zwart", "black"), ("okergeel", "ochre"), ("rood", "red")];

    private static readonly string[] Sizes = ["S", "M", "L", "XL", "XXL"];
    private static readonly string[] CompanyForms = ["B.V.", "& Zn.", "Advies", "Montage B.V."];
    private static readonly string[] Towns = ["Zwolle", "Amersfoort", "Nieuwegein", "Tilburg", "Apeldoorn"];
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>The words for the placeholders in a script.</summary>
    public static Dictionary<string, string> Describe(Customer customer, DateTimeOffset asked, Phrases phrases, Randomizer random)
    {
        var isDutch = customer.Language is Language.Dutch;
        var (jacket, model) = (random.ArrayElement(Jackets), random.ArrayElement(Models));
        var colours = random.ArrayElements(Colours, 2);
        var size = random.Int(0, Sizes.Length - 2);
        var price = string.Create(CultureInfo.InvariantCulture, $"{jacket.Price + random.Int(0, 3) * 10 - 0.05:0.00}");
        var carrier = random.ArrayElement(["PostNL", "DHL", "DPD"]);
        var newAddress = Address.Create(random);
        return new()
        {
            ["shop"] = GeneratedShop.Name,
            ["order"] = $"NW{random.Int(200_000, 999_999)}",
            ["product"] = isDutch ? $"{jacket.Dutch} {model}" : $"{model} {jacket.English}",
            ["colour"] = isDutch ? colours[0].Dutch : colours[0].English,
            ["other colour"] = isDutch ? colours[1].Dutch : colours[1].English,
            ["size"] = Sizes[size],
            ["larger size"] = Sizes[size + 1],
            ["price"] = isDutch ? $"€ {price.Replace('.', ',')}" : $"€{price}",
            ["ordered"] = phrases.DayOfMonth(AmsterdamTime.ToLocal(asked).AddDays(-random.Int(3, 9))),
            ["carrier"] = carrier,
            ["track"] = $"{(carrier == "PostNL" ? "3SNWND" : "JVGL")}{random.Int(100_000_000, 999_999_999)}",
            ["return"] = $"R{random.Int(10_000, 99_999)}",
            ["depot"] = random.ArrayElement(Towns),
            ["code"] = $"{random.String2(4, Letters)}-{random.String2(4, Letters)}",
            ["company"] = $"{new Bogus.DataSets.Name("nl") { Random = random }.LastName()} {random.ArrayElement(CompanyForms)}",
            ["customer"] = customer.FirstName,
            ["email"] = customer.Email,
            ["street"] = customer.Address.Street,
            ["postcode"] = customer.Address.Postcode,
            ["city"] = customer.Address.City,
            ["new street"] = newAddress.Street,
            ["new postcode"] = newAddress.Postcode,
            ["new city"] = newAddress.City,
        };
    }
}
