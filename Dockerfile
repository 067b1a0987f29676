FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o /out/ ./cmd/server ./cmd/hookcheck

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/server /out/hookcheck /usr/local/bin/
EXPOSE 8080
ENV HOOKCHECK_LISTEN=0.0.0.0:8080
ENTRYPOINT ["/usr/local/bin/server"]
