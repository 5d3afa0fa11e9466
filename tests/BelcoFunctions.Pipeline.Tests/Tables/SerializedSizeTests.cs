using System.Text;
using Azure.Data.Tables;
using CsCheck;

namespace BelcoFunctions.Pipeline.Tests.Tables;

public sealed class SerializedSizeTests
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String,
        Gen.String[Gen.Char['a', 'z'], 0, 2_000],
        Gen.String[Gen.Char['\u00a0', '\ud7ff'], 0, 2_000],
        Gen.String[Gen.Char['\0', '\u007f'], 0, 2_000],
        Gen.String[Gen.Char['"', '>'], 0, 2_000]);

    private static readonly Gen<TableEntity> Row =
        Gen.Select(Text.Array[0, 20], Gen.Byte.Array[0, 10_000], Gen.DateTimeOffset, Gen.Int, Gen.Bool, ToRow);

    [Fact]
    public void The_estimate_of_bytes_is_never_too_low_and_seldom_much_too_high() => Row.Sample(row =>
    {
        var (estimated, real) = (SerializedSize.Count(row), RealSize(row));
        Assert.InRange(real, 0, estimated);
        // The estimate adds a constant for the longest keys. It also counts six bytes for each escaped character, although a
        // line break, for example, takes only two.
        Assert.InRange(estimated, 0, 3_500 + 2 * real);
    }, iter: 200);

    [Fact]
    public void Plus_signs_in_the_encoded_bytes_are_part_of_the_estimate()
    {
        byte[] bytes = [.. Enumerable.Repeat<byte[]>([0xFB, 0xEF, 0xBE], 20_000).SelectMany(pluses => pluses)];
        var row = ToRow([], bytes, DateTimeOffset.UnixEpoch, 0, true);
        Assert.InRange(RealSize(row), 0, SerializedSize.Count(row));
    }

    [Fact]
    public void The_longest_keys_are_part_of_the_estimate()
    {
        var row = new TableEntity(new string('~', 150), new string('~', TableLimits.KeyLength));
        foreach (var type in Enum.GetValues<TableTransactionActionType>())
        {
            Assert.InRange(RealSize(row, type), 0, SerializedSize.Count(row));
        }
    }

    private static TableEntity ToRow(string[] texts, byte[] bytes, DateTimeOffset time, int number, bool boolean)
    {
        var row = new TableEntity("shop", "row") { ["Number"] = number, ["Boolean"] = boolean, ["Raw"] = bytes };
        row["FirstCustomerMessageAt"] = time.Year < 1601 ? DateTimeOffset.UnixEpoch : time;
        // Decoded events never contain a lone surrogate.
        foreach (var (index, text) in texts.Index()) row[$"Text{index}"] = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return row;
    }

    private static int RealSize(TableEntity row, TableTransactionActionType type = TableTransactionActionType.Add)
    {
        var log = new RequestLog();
        var table = new TableClient("UseDevelopmentStorage=true", "Conversations", new TableClientOptions
        {
            Retry = { MaxRetries = 0 },
            Transport = Interceptor.Through(
                log, new FailedRequest(Requests.IsTransaction, () => FakeResponse.Error(403, "Measured"))),
        });
        Assert.ThrowsAny<Azure.RequestFailedException>(() =>
            table.SubmitTransactionAsync([new(type, row, Azure.ETag.All)]).GetAwaiter().GetResult());
        return Assert.Single(log.TransactionSizes);
    }
}
